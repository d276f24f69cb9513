import { type Costs, withStandIns } from './costs.js';

/**
 * How likely a recogniser is to write one sign of sound.ts for another: a row for what was heard, a column for what was
 * said, what it costs where the name has nothing there, and below what it costs to overhear a sign. Learned by
 * expectation maximisation over names of nobody in the benchmark, said by two synthesisers and heard by a recogniser
 * over a telephone (docs/decisions/0017-heard-and-said.md): 19 times the natural logarithm of how much less likely it is than
 * the best explanation of what was heard, so that the sum ranks names as their likelihood does.
 */
const heardForSaid = `
            a   b   d   e   f   g   h   i   J   k   l   m   n   o   p   r   s   S   t   u   v   w   y   z  added
  a         0 119 145  34 122 118  83  60 142 153 147 151 128  37 107 107 135 135 121  41 135 118  89  97   81
  b       148   0  46 139  66  48  85 176  68  76  98  78 115 166  40 116 120 119  86 146  46  90  85  97  109
  d       130  56   0 142  64  49  65 141  36  63  93  93  83 163  67  94  64  61  44 146  65 129  68  52   92
  e        41 140 146   0 126 107 107  44 119 114 161 149 164  51 134 161 147 126 157  44 133 123  99 127   88
  f       176  91 150 170   0  95  90 174  87  76 164 145 126 164  58 118  78  85  79 126  61 102  80  80  125
  g       128  58  56 119  64   0  82 161  65  63 106  89 113 152  76 148 100  76  87 150  88 128  80  68   97
  h       160 108 102 155  76 127   0 148  74  77 132 103 153 157  66 119 101  93  94 144  82  86  88 110  108
  i        55 113 113  36 105  86  60   0 129 146 166 142 110  63 138 157 116 133 152  48 136 103  39 124   84
  J       173 100  65 159 115  61  77 116   0  93 154 122 125 167  93 137  98  44  75 152  92 106  57  52  132
  k       173  92  72 141  72  60  53 164  74   0 154  93 111 161  45 124  79  52  57 148  99 120 117  77   94
  l       149  67  83 170  95 106  92 180  87  93   0  49  74  70  91  61  94 133 130 130  57  47  72  87   87
  m       158  66  81 164 115  97  86 174 112 101  83   0  52 133 118  88 108 132 112 153  50  68  84  68  112
  n       148  79  75 167  93  77 117 171 137 121  82  48   0 157 115  74  86 115  79 145  74 107 100  58   82
  o        41 146 146  52 119 123 130  73  90 150  79 120 129   0 107 132 119 135 160  35 132  90  96 105   92
  p       176  60  83 167  49  77  55 172  81  55 106  89 165 161   0 126 106  91  74 148  69 111  76  74  123
  r       118 115 141 151  87 106 109 162 122 124  87  91 113 130  94   0 122 129 144 117  64  78 107 108   87
  s       161 149 106 159  82 110  87 169 113 115 147 101 142 144 141 119   0  53  66 145 107  93  95  25  104
  S       177 115 108 154  80  93  77 173  70  70 164 154 166 162  94 136  68   0  78 150 111 130 118  61  143
  t       150  54  49 155  40  53  59 134  53  43 140  88  88 158  42 100  48  41   0 149  56 127  80  53   88
  u        62 143 146  57 128 139 119  65 135 145 111 112 108  55 139 122 123 133 147   0 131  60  99 118  101
  v       173  56  62 165  72  84  73 165  99  86 127  92  96 113  73 104 102 103  78 145   0  94 115  78  130
  w       158  83 154 169 109 135 113 178 110  96  84  69 129 106 118 110 125 139 159  95  62   0  83 135  138
  y       174 123 153 139 129 114  70  93  67 108 112 115 122 149  84 156 156  96 138 149 124 129   0 119  123
  z       170 128  97 162 124 138 124 161 101 101 132 133 138 159 128 131  56  97 126 131 116 123 110   0  130
  missing  51  51  48  57  59  40  40  57  59  48  55  54  45  65  53  42  44  72  53  57  57  54  42  51
`;

/** Between two words that sound alike a letter is easily heard twice, or once. */
const doubled = 20;
const swapped = 120;
/** For signs beyond the table: digits, other scripts. */
const unknown = 110;
const cheap = 50;

/** Ears, on the keys of sound.ts. */
export const hearing: Costs = likelihoods(heardForSaid, { doubled, cheap });

/** Costs from a table as the one above. */
export function likelihoods(table: string, { doubled, cheap }: { doubled: number; cheap: number }): Costs {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const change = new Uint8Array(128 * 128).fill(unknown);
  const extra = new Uint8Array(128).fill(unknown);
  const missing = new Uint8Array(128).fill(unknown);
  for (const [heard = '', ...costs] of rows) {
    const row = heard.length === 1 ? heard.charCodeAt(0) << 7 : undefined;
    head.forEach((said, at) => {
      const cost = Number(costs[at]);
      if (row === undefined) missing[said.charCodeAt(0)] = cost;
      else if (said === 'added') extra[row >> 7] = cost;
      else change[row | said.charCodeAt(0)] = cost;
    });
  }
  return withStandIns({ change, extra, missing, doubled, swapped }, cheap);
}
