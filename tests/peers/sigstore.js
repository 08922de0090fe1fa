// An entry's proof by @sigstore/verify: the checkpoint's signature and root, and the Merkle inclusion, as it checks them
// of an entry of Rekor. These two functions alone: the rest of it wants signatures and certificates of Sigstore.
// {"key": SPKI in base64, "hint": key id in base64, "checkpoint", "entry": base64, "index", "size", "root", "hashes":
// base64} → {"checkpoint": bool, "inclusion": bool}.
'use strict';

const { crypto } = require('@sigstore/core');
const { verifyCheckpoint } = require('@sigstore/verify/dist/timestamp/checkpoint');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/timestamp/merkle');
const { answerLines } = require('./lines.js');

const bytes = (text) => Buffer.from(text, 'base64');

const holds = (check) => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

answerLines((ask) => {
  const log = {
    logID: bytes(ask.hint),
    publicKey: crypto.createPublicKey(bytes(ask.key)),
    validFor: { start: new Date(0), end: new Date(8640000000000000) },
  };
  const entry = {
    integratedTime: '1',
    canonicalizedBody: bytes(ask.entry),
    inclusionProof: {
      logIndex: ask.index,
      treeSize: ask.size,
      rootHash: bytes(ask.root),
      hashes: ask.hashes.map(bytes),
      checkpoint: { envelope: ask.checkpoint },
    },
  };
  return {
    checkpoint: holds(() => verifyCheckpoint(entry, [log])),
    inclusion: holds(() => verifyMerkleInclusion(entry)),
  };
});
