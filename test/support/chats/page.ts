import { type DefaultTreeAdapterMap, parse } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];

/** Parse a page, or a piece of one. */
export const pageOf = (html: string): Node => parse(html);

/** Every element under a node, in the order of the page. */
export function elementsOf(node: Node): Element[] {
  const own = 'tagName' in node ? [node] : [];
  return [...own, ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : [])];
}

/** The value of an attribute; undefined: it is not there. */
export const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;

/** Everything that is read under a node, one part a line; what is typed in fields too. */
export function textIn(node: Node): string {
  return partsOf(node)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('\n');
}

/** Elements within a sentence: their text stands in the line of the text around them. */
const inline: readonly string[] = ['a', 'b', 'bdi', 'em', 'small', 'strong', 'time'];
const unread: readonly string[] = ['script', 'style', 'noscript', 'template', 'head'];

function partsOf(node: Node): string[] {
  if (node.nodeName === '#text') return ['value' in node ? node.value : ''];
  if (unread.includes(node.nodeName) || !('childNodes' in node)) return [];
  const value = node.nodeName === 'input' && 'attrs' in node ? inputText(node) : [];
  const parts = node.childNodes.flatMap(partsOf);
  return [...value, ...(inline.includes(node.nodeName) ? [parts.join(' ')] : parts)];
}

const inputText = (input: Element): string[] =>
  attribute(input, 'type') === 'text' ? [attribute(input, 'value') ?? ''] : [];

/** What a browser would send of a form, but for its files. */
export function fieldsOf(form: Element): [name: string, value: string][] {
  return elementsOf(form).flatMap((element): [string, string][] => {
    const name = attribute(element, 'name');
    if (name === undefined || element.tagName === 'button') return [];
    if (element.tagName === 'textarea') return [[name, textIn(element)]];
    if (element.tagName === 'select') {
      const options = elementsOf(element).filter(({ tagName }) => tagName === 'option');
      const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
      return [[name, chosen ? (attribute(chosen, 'value') ?? '') : '']];
    }
    const type = attribute(element, 'type') ?? 'text';
    if (type === 'file') return [];
    if ((type === 'checkbox' || type === 'radio') && attribute(element, 'checked') === undefined) return [];
    return [[name, attribute(element, 'value') ?? '']];
  });
}
