import Anthropic from '@anthropic-ai/sdk';
import { test } from 'node:test';
import OpenAI from 'openai';

/** What is asked: by the environment, or the simulator as its README starts it. */
const { WARMGATE_URL, WARMGATE_KEY, WARMGATE_SIMULATOR, WARMGATE_PROVIDER } = process.env;

export const url = WARMGATE_URL ?? 'http://127.0.0.1:8080';
export const key = WARMGATE_KEY ?? 'sim-key';
/** The name of a `Model.Provider` where a gateway is asked that asks one; else the simulator is asked itself. */
export const provider = WARMGATE_PROVIDER ?? null;
export const throughGateway = provider !== null;
/** Whether conversations end up in a dialect that the client may not speak. */
export const ofAnthropic = provider === 'ANTHROPIC';
/** Whose answers say when they were made. */
export const saysWhen = !['ANTHROPIC', 'GEMINI', 'BEDROCK'].includes(provider);
export const ofOpenAi = throughGateway && !ofAnthropic;

const nothing = () => {};
/** Cases of gateways alone, and those that the other dialect has no word for: there cases/other-dialect.js is what comes. */
export const ofGateways = throughGateway ? test : nothing;
export const unlessOfAnthropic = ofAnthropic ? nothing : test;
export const unlessOfOpenAi = ofOpenAi ? nothing : test;
const simulator = WARMGATE_SIMULATOR ?? url;

export const chatModel = 'sim-1';
export const embeddingModel = 'sim-embedding';

/** The SDKs, which try nothing twice here. */
export const openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
export const anthropic = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });

/** How many requests have reached the provider. */
export async function reached() {
  const state = await (await fetch(`${simulator}/_simulator`)).json();
  return Object.values(state.models).reduce((sum, model) => sum + model.counts.requests, 0);
}
