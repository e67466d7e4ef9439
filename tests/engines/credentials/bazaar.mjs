// The second implementation: Digital Bazaar's libraries issue and verify. JSON in on standard input, JSON out.
// {requests: [{do: "verify"|"issue", suite, credential, key?}], documents: {url: document}}
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as jcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {text} from 'node:stream/consumers';

const {requests, documents} = JSON.parse(await text(process.stdin));

async function documentLoader(url) {
  if (!(url in documents)) throw new Error(`not at hand: ${url}`);
  return {contextUrl: null, documentUrl: url, document: structuredClone(documents[url]), tag: 'static'};
}

function verifier(suite) {
  const cryptosuite = suite === 'eddsa-jcs-2022' ? jcs.createVerifyCryptosuite() : rdfc;
  return new DataIntegrityProof({cryptosuite});
}

async function verify({credential, suite, now}) {
  const suites = [verifier(suite)];
  const status = options => checkStatus({
    ...options, suite: suites, documentLoader, verifyBitstringStatusListCredential: true,
    verifyMatchingIssuers: true,
  });
  const result = await vc.verifyCredential(
    {credential, suite: suites, documentLoader, checkStatus: status, now: now && new Date(now)});
  const set = (result.statusResult?.results ?? []).map(each => each.status);
  return {verified: result.verified, set, error: explain(result)};
}

async function issue({credential, suite, key, created}) {
  const signer = (await Ed25519Multikey.from(key)).signer();
  const cryptosuite = suite === 'eddsa-jcs-2022' ? jcs.createSignCryptosuite() : rdfc;
  const proof = new DataIntegrityProof({signer, cryptosuite, date: created});
  return vc.issue({credential, suite: proof, documentLoader});
}

function explain({error, statusResult}) {
  const found = [error, ...(error?.errors ?? []), statusResult?.error].filter(Boolean);
  return found.map(each => each.message).join(' | ');
}

const answers = [];
for (const request of requests) {
  const answer = request.do === 'issue' ? issue(request) : verify(request);
  answers.push(await answer.catch(error => ({verified: false, error: error.stack})));
}
process.stdout.write(JSON.stringify(answers));
