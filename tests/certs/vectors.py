# The fixed vectors of the tests beside it, by another implementation: python3 tests/certs/vectors.py
# Needs the package "cryptography". Prints "name value"; whoever changes a format runs it and says why in the commit.
import base64
import hashlib
import hmac as mac
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def hkdf(secret, salt, info, size):
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


def canonical(value):  # RFC 8785 for what stands here: ASCII names, texts and small integers
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def counting(first, count):
    return bytes(range(first, first + count))


def public_of(secret):
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public):
    return hashlib.sha256(b"wb/key/v1" + public).hexdigest()[:32]


def box(secret, salt, info, aad, message):
    out = hkdf(secret, salt, info, 76)
    return out[44:] + AESGCM(out[:32]).encrypt(out[32:44], message, aad)


def wrap(key, purpose, aad, message, salt):
    return salt + box(key, salt, b"wb/wrap/v1" + purpose.encode(), aad, message)


def seal():
    recipient, ephemeral = counting(1, 32), counting(101, 32)
    pk, epk = public_of(recipient), public_of(ephemeral)
    shared = X25519PrivateKey.from_private_bytes(ephemeral).exchange(X25519PublicKey.from_public_bytes(pk))
    context = {"tenant": "消防", "report": "r1", "purpose": "report", "recipient": key_id(pk), "version": 1}
    yield "seal.public_key", pk.hex()
    yield "seal.key_id", key_id(pk)
    yield "seal.sealed", (epk + box(shared, epk + pk, b"wb/seal/v1report", canonical(context), b"sealed")).hex()


def wrapped():
    yield "wrap.wrapped", wrap(counting(1, 32), "p", b"aad", b"wrapped", counting(33, 32)).hex()


def source():
    symbols = "0123456789ABCDEFGHJK"
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"
    number = 0
    for symbol in symbols:
        number = number * 32 + alphabet.index(symbol)
    yield "source.check_symbol", alphabet[number % 37]
    root = hkdf(symbols.encode(), b"tenant's salt", b"wb/source/v1", 32)
    lookup, reading, auth = (hkdf(root, b"", label, 32) for label in (b"lookup", b"reading", b"auth"))
    yield "source.lookup", mac.digest(b"pepper", lookup, "sha256").hex()
    yield "source.reading", public_of(reading).hex()
    text = b"wb/source-message/v1" + (3).to_bytes(8, "big") + b"aad" + b"message"
    yield "source.mark", mac.digest(auth, text, "sha256").hex()


def padme(size):  # as its paper writes it
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << max(exponent - kept, 0)) - 1
    return (size + mask) & ~mask


def content_aad(kind):
    return canonical({"tenant": "消防", "report": "r1", "sequence": 7, "direction": "from_source", "kind": kind,
                      "previous": hashlib.sha256(b"before").hexdigest(), "version": 1})


def text():
    padded = ((6).to_bytes(4, "big") + "动火".encode()).ljust(1024, b"\0")
    sealed = box(counting(1, 32), b"", b"wb/text/v1", content_aad("text"), padded)
    yield "text.sha256", hashlib.sha256(sealed).hexdigest()


def sealed_file(content):
    room, chunk = 65532, 65536
    pieces = [content[at:at + room] for at in range(0, len(content), room)] or [b""]
    left = padme(len(content) + 4 * len(pieces))
    out, counter = b"", 0
    while left > 0:
        piece, size = pieces[counter] if counter < len(pieces) else b"", min(left, chunk)
        left -= size
        nonce = counter.to_bytes(11, "big") + (b"\1" if left == 0 else b"\0")
        plain = (len(piece).to_bytes(4, "big") + piece).ljust(size, b"\0")
        out += AESGCM(counting(1, 32)).encrypt(nonce, plain, content_aad("file"))
        counter += 1
    return out


def files():
    for size in (0, 5, 100, 65532, 65533, 131064, 150000, 1500000, 4200000):
        sealed = sealed_file(bytes(at * at % 251 for at in range(size)))
        yield "file.%d" % size, "%d %s" % (len(sealed), hashlib.sha256(sealed).hexdigest())


def officer():
    aad = canonical({"tenant": "消防", "officer": "o1", "version": 1})
    salt, plain = counting(65, 16), counting(1, 64)
    memory = 160 << 20
    stretched = hashlib.scrypt("口令 passphrase".encode(), salt=salt, n=2**17, r=8, p=1, maxmem=memory, dklen=32)
    yield "officer.by_passphrase", (salt + wrap(stretched, "officer-passphrase", aad, plain, counting(81, 32))).hex()
    symbols = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    yield "officer.by_recovery_key", wrap(symbols, "officer-recovery", aad, plain, counting(81, 32)).hex()


def roster():
    def one(number):
        reading, signing = counting(10 * number, 32), counting(10 * number + 32, 32)
        return {"id": "o%d" % number, "name": "张三%d" % number, "from": "2026-03-02T01:00:00Z",
                "reading_key": base64.b64encode(public_of(reading)).decode(),
                "signing_key": base64.b64encode(signer(signing).public_key().public_bytes_raw()).decode()}

    def signer(secret):
        return Ed25519PrivateKey.from_private_bytes(secret)

    content = canonical({"tenant": "消防", "epoch": 3, "issued": "2026-03-02T01:00:00Z",
                         "expires": "2026-05-31T01:00:00Z", "officers": [one(1), one(2), one(3)]})
    yield "roster.sha256", hashlib.sha256(content).hexdigest()
    yield "roster.signature", signer(counting(1, 32)).sign(b"wb/roster/v1" + content).hex()


for part in (seal, wrapped, source, text, files, officer, roster):
    for name, value in part():
        print(name, value)
