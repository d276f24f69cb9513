/** Combinators for Slack's rules: each check returns the problems of a value, with their place. */
export type Check = (value: unknown, at: string) => string[];

export const text =
  (max: number, min = 1): Check =>
  (value, at) => {
    if (typeof value !== 'string') return [`${at} must be a string`];
    if (value.length < min) return [`${at} must be more than ${min - 1} characters`];
    return value.length > max ? [`${at} must be less than ${max + 1} characters`] : [];
  };

export const matching =
  (shape: RegExp): Check =>
  (value, at) =>
    typeof value === 'string' && shape.test(value) ? [] : [`${at} has a wrong format`];

export const url =
  (max: number): Check =>
  (value, at) => [
    ...text(max)(value, at),
    ...(typeof value === 'string' && /^https?:\/\/[^\s]+$/.test(value) ? [] : [`${at} must be a valid URL`]),
  ];

export const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : [`${at} must be a boolean`]);

export const whole =
  (min: number, max: number): Check =>
  (value, at) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : [`${at} must be a number from ${min} to ${max}`];

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value, at) =>
    values.includes(value) ? [] : [`${at} must be one of ${values.join(', ')}`];

export const list =
  (item: Check, { min = 0, max }: { min?: number; max: number }): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return [`${at} must be an array`];
    if (value.length < min) return [`${at}: no fewer than ${min} items allowed`];
    if (value.length > max) return [`${at}: no more than ${max} items allowed`];
    return value.flatMap((one, index) => item(one, `${at}/${index}`));
  };

export type Fields = Readonly<Record<string, Check>>;

/** All `required` fields, any `optional` ones, no others; then the rules between fields. */
export const object =
  (required: Fields, optional: Fields = {}, between: (value: Record<string, unknown>) => string[] = () => []): Check =>
  (value, at) => {
    if (!isObject(value)) return [`${at} must be an object`];
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    const unknown = Object.keys(value).filter((name) => !(name in required) && !(name in optional));
    return [
      ...missing.map((name) => `${at} is missing required field: ${name}`),
      ...unknown.map((name) => `${at} has an unknown field: ${name}`),
      ...Object.entries({ ...required, ...optional }).flatMap(([name, check]) =>
        value[name] === undefined ? [] : check(value[name], `${at}/${name}`),
      ),
      ...between(value).map((problem) => `${at}: ${problem}`),
    ];
  };

/** A check by `type`; an unknown type is refused. */
export const byType =
  (kinds: Readonly<Record<string, Check>>): Check =>
  (value, at) => {
    const type = isObject(value) ? value.type : undefined;
    const check = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    return check ? check(value, at) : [`${at}: unsupported type: ${String(type)}`];
  };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values that occur more than once. */
export const repeated = (values: readonly unknown[]): unknown[] =>
  values.filter((value, index) => value !== undefined && values.indexOf(value) !== index);
