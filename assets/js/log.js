// Checks an entry of the transparency log in the visitor's own browser: the proof is fetched as the file that it is, and
// every hash and the signature are computed here, by the browser's own cryptography. Formats: C2SP tlog-proof,
// tlog-checkpoint, signed-note; RFC 9162. Sentences are templates of the page.

const box = document.querySelector('[data-log-check]');
const list = box.querySelector('ol');
const ED25519 = 1;

class Malformed extends Error {}
const demand = (holds, what) => {
  if (!holds) throw new Malformed(what);
};

const bytesOf = text => new TextEncoder().encode(text);
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const decode = text => {
  demand(/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, 'base64');
  return Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
};
async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}
const node = (left, right) => sha256([1], left, right);
const whole = text => {
  demand(/^(0|[1-9][0-9]{0,18})$/.test(text), 'number');
  return BigInt(text);
};

// A proof to keep: header, leaf, index, hashes, an empty line, the checkpoint.
function readProof(text) {
  const split = text.indexOf('\n\n');
  demand(split > 0, 'proof');
  const [header, extra, index, ...hashes] = text.slice(0, split).split('\n');
  demand(header === 'c2sp.org/tlog-proof@v1' && extra?.startsWith('extra ') && index?.startsWith('index '), 'proof');
  demand(hashes.length <= 63, 'proof');
  const path = hashes.map(decode);
  demand(path.every(hash => hash.length === 32), 'hash');
  return { leaf: decode(extra.slice(6)), index: whole(index.slice(6)), path, note: text.slice(split + 2) };
}

// A checkpoint: the text that is signed, and the lines of signatures.
function readCheckpoint(note) {
  const end = note.indexOf('\n\n');
  demand(end > 0, 'checkpoint');
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split('\n');
  const lines = note.slice(end + 2).split('\n').filter(line => line.startsWith('\u2014 '));
  return { text, origin, size: whole(size), root: decode(root ?? ''), lines };
}

// The key of the log: name, identifier in hexadecimal digits, kind and bytes.
async function readKey(text) {
  const [, name, id, coded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.split('\n')[0]) ?? [];
  demand(coded, 'key');
  const bytes = decode(coded);
  const own = (await sha256(bytesOf(`${name}\n`), bytes)).slice(0, 4);
  const hex = [...own].map(byte => byte.toString(16).padStart(2, '0')).join('');
  demand(bytes[0] === ED25519 && bytes.length === 33 && hex === id, 'key');
  return { name, id: own, bytes: bytes.slice(1) };
}

// RFC 9162, 2.1.3.2.
async function included(leaf, index, size, path, root) {
  if (index >= size) return false;
  let at = index, last = size - 1n, hash = await sha256([0], leaf);
  for (const beside of path) {
    if (last === 0n) return false;
    if (at & 1n || at === last) {
      hash = await node(beside, hash);
      while (!(at & 1n) && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await node(hash, beside);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(hash, root);
}

// Whether the log signed the checkpoint; undefined where the browser does not know Ed25519.
async function signed(checkpoint, key) {
  if (checkpoint.origin !== key.name) return false;
  const line = checkpoint.lines.find(line => {
    const parts = line.split(' ');
    return parts.length === 3 && parts[1] === key.name && same(decode(parts[2]).slice(0, 4), key.id);
  });
  if (!line) return false;
  let own;
  try {
    own = await crypto.subtle.importKey('raw', key.bytes, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return undefined;
  }
  return crypto.subtle.verify('Ed25519', own, decode(line.split(' ')[2]).slice(4), bytesOf(checkpoint.text));
}

const tell = name => {
  const words = box.querySelector(`template[data-outcome="${name}"]`);
  list.append(words.content.cloneNode(true));
};

async function words(address) {
  const answer = await fetch(address, { cache: 'no-store' });
  if (!answer.ok) throw new TypeError(`${address}: ${answer.status}`);
  return answer.text();
}

async function check() {
  list.replaceChildren();
  if (!window.isSecureContext || !crypto.subtle) return tell('unable');
  try {
    const [file, keys] = await Promise.all([words(box.dataset.proof), words(box.dataset.key)]);
    const proof = readProof(file), checkpoint = readCheckpoint(proof.note), key = await readKey(keys);
    const shown = bytesOf(document.querySelector('[data-leaf]').textContent);
    tell(same(shown, proof.leaf) ? 'leaf' : 'leaf-not');
    const inside = await included(proof.leaf, proof.index, checkpoint.size, proof.path, checkpoint.root);
    tell(inside ? 'tree' : 'tree-not');
    const by = await signed(checkpoint, key);
    tell(by === undefined ? 'signed-unable' : by ? 'signed' : 'signed-not');
  } catch (error) {
    tell(error instanceof TypeError ? 'unreachable' : 'form-not');
  }
}

box.hidden = false;
box.querySelector('button').addEventListener('click', check);
