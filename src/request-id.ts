import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Everything that `work` does, and the jobs it asks for, is logged under this id. */
export const underRequestId = <Result>(id: string, work: () => Result): Result => current.run(id, work);

export const currentRequestId = (): string | undefined => current.getStore();
