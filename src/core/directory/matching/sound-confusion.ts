import { type EditCosts, withStandIns } from './edit-costs.js';

/**
 * The costs of a recogniser's confusions between signs of phonetic-code.ts: a row for what was heard, a column for what
 * was said, the cost if the name has nothing there, and below the cost of missing a sign. Learned by expectation
 * maximisation over names outside the benchmark, said by two synthesisers and transcribed by a recogniser over a
 * telephone (docs/decisions/0017-recognition-costs-are-learned.md): 19 times the natural logarithm of how much less
 * likely it is than the best explanation of what was heard, so that the sum ranks names as their likelihood does.
 */
const heardForSaid = `
            a   b   d   e   f   g   h   i   J   k   l   m   n   o   p   r   s   S   t   u   v   w   y   z  added
  a         0  99 127  30 102 101  86  54 121 133 133 132 127  33 100 104 112 113 112  37 115 101  81  81   75
  b        142   0  43 132  51  53  72 163  57  77  98  73  99 149  39 121 103 114  75 138  41  99  82  73  100
  d        113  51   0 130  56  42  57 126  33  55  82  85  69 142  62  96  57  59  41 129  55 100  54  44   83
  e        36 116 127   0 107  93  98  38 109 113 141 130 146  44 110 144 130 113 136  38 113 103  79  95   83
  f        165  72 108 160   0  80  68 166  76  66 135 111 127 151  53 113  64  70  67 124  60  94  90  94  115
  g        123  52  50 112  73   0  76 137  56  59  93  79 108 141  67 134  92  77  74 141  79 107  86  80   84
  h        154  84  84 151  63  97   0 128  60  70 128  84 132 143  58  97  85  71  79 129  81  64  65 109   94
  i        48 103 108  31 102  86  75   0 116 127 144 126 115  56 117 133 113 113 129  43 114  94  34 105   78
  J        149  87  64 148  92  56  68 124   0  90 129 120 111 148  77 130  87  43  72 134  94  77  46  52  119
  k        152  77  66 140  59  54  44 150  59   0 130  90 105 147  41 111  63  44  52 129  79 103  90  68   87
  l        142  58  77 152  77 106  79 156  73  88   0  43  71  64  84  51  81 121 103 105  48  35  61  68   81
  m        152  54  73 151  99  91  72 163  99  93  71   0  49 127  93  79  95 123  98 120  45  60  69  60  102
  n        140  76  66 153  98  69 100 146 104 102  69  47   0 138 102  61  74  97  73 124  64 100  91  50   74
  o        36 124 117  48 101 103 111  64  96 127  70 116 116   0 101 107 113 116 138  32 111  79  80  92   87
  p        161  54  72 156  44  63  43 159  75  48  99  89 126 149   0 110  91  75  64 137  64 109  87  84  109
  r        132  93 126 154  89 117 106 152 115 121  78  84  92 128  81   0 115 109 116 130  55  81  93  84   82
  s        156 127  87 157 100 102  84 156 102 105 117 112 125 149 123 106   0  50  64 137  99  92  87  25   96
  S        166 108 105 146  72  97  78 140  67  67 154 127 157 154  85 141  63   0  80 139  98 105  90  48  134
  t        136  51  43 138  37  53  46 124  47  38 104  79  73 141  36  84  40  32   0 127  48 102  73  49   78
  u        54 126 130  49 109 120 107  59 122 124  98 103 111  47 112 114 110 107 128   0 114  58  89 104   92
  v        150  46  56 156  61  72  63 159  80  88 119  73  84 129  61  94  89 108  71 138   0  96  89  61  114
  w        161  73 127 155  96 124  92 161  98 110  83  69 125 109  97 103 121 136 158  98  61   0  98 132  125
  y        162 116 115 122 106  97  68  84  54  96 111 106 121 153  85 145 130  99 137 135 129 128   0 100  113
  z        172 135 128 164 108 116 131 166  91  98 118 144 130 163 110 113  54  87  98 132 128 125 115   0  124
  missing  45  42  40  48  48  32  35  49  50  38  46  44  38  53  42  36  37  56  42  48  47  53  46  44
`;

/** Between two words that sound alike a letter is easily heard twice, or once. */
const doubled = 20;
const swapped = 120;
/** For signs beyond the table: digits, other scripts. */
const unknown = 110;
const cheap = 50;

/** Costs of mishearing, by phonetic code. */
export const soundCosts: EditCosts = costsFromTable(heardForSaid, { doubled, cheap });

/** Return the costs from a table in this format. */
export function costsFromTable(table: string, { doubled, cheap }: { doubled: number; cheap: number }): EditCosts {
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
