// Any JSON value → its RFC 8785 text.
'use strict';

const canonicalize = require('canonicalize');
const { answerLines } = require('./lines.js');

answerLines((value) => canonicalize(value));
