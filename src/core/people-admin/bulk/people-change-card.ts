import type { Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { findChange, mayRevert, revertEnds } from './people-change.js';
import { changeCard } from './people-change.views.js';

/** The card of a change as it stands; undefined: there is none of this id, in this company. */
export async function changeCardOf(
  deps: Deps,
  tenantId: TenantId | undefined,
  id: string,
  reader: Reader,
): Promise<Card | undefined> {
  const state = await findChange(deps.db, tenantId, id);
  return (
    state &&
    changeCard(reader, state, {
      revertible: mayRevert(state, deps.clock.now()) ? revertEnds(state) : undefined,
      resultUrl: `${deps.publicUrl}/admin/people/changes/${id}`,
    })
  );
}
