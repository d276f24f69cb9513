/** The definition of a circle, written a second time in another way than the product's, to compare the two. */
export interface GraphFacts {
  readonly people: readonly string[];
  readonly defaultBackup: ReadonlyMap<string, string>;
  readonly absences: readonly {
    readonly person: string;
    readonly startsAt: Date;
    readonly endsAt: Date | null;
    readonly goesToNumber: boolean;
    readonly backup: string | null;
    readonly declined: boolean;
  }[];
}

/** The people in a circle of default backups, or of people who are all out at one of these instants. */
export function inCircles(facts: GraphFacts, instants: readonly Date[]): ReadonlySet<string> {
  const graphs = [
    [...facts.defaultBackup],
    ...instants.map((at) =>
      facts.absences
        .filter(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || at < endsAt))
        .filter(({ goesToNumber }) => !goesToNumber)
        .flatMap(({ person, backup, declined }) =>
          [declined ? undefined : backup, facts.defaultBackup.get(person)].flatMap((to) =>
            to ? [[person, to] as [string, string]] : [],
          ),
        ),
    ),
  ];
  return new Set(graphs.flatMap((edges) => facts.people.filter((person) => reaches(edges, person, person))));
}

function reaches(edges: readonly [string, string][], from: string, to: string): boolean {
  const reached = new Set<string>();
  let grew = true;
  while (grew) {
    const size = reached.size;
    for (const [a, b] of edges) if (a === from || reached.has(a)) reached.add(b);
    grew = reached.size > size;
  }
  return reached.has(to);
}
