// One JSON value a line in, one a line out.
'use strict';

const fs = require('node:fs');

exports.answerLines = (answer) => {
  const lines = fs.readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
  for (const line of lines) console.log(JSON.stringify(answer(JSON.parse(line))));
};
