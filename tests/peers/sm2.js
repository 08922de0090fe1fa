// {"sign": message, "id"} → {"public", "signature"} by a new key; {"verify": message, "id", "public", "signature"} → bool.
// Bytes are hexadecimal, signatures DER.
'use strict';

const { sm2 } = require('sm-crypto');
const { answerLines } = require('./lines.js');

answerLines((ask) => {
  const how = { der: true, hash: true, userId: ask.id };
  if ('verify' in ask) return sm2.doVerifySignature(ask.verify, ask.signature, ask.public, how);
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  return { public: publicKey, signature: sm2.doSignature(ask.sign, privateKey, { ...how, publicKey }) };
});
