// All that the SDKs are used for, in one process and in order: each case counts what reaches the provider.
import './cases/chat.js';
import './cases/chat-stream.js';
import './cases/chat-tools.js';
import './cases/responses.js';
import './cases/completions.js';
import './cases/embeddings.js';
import './cases/models.js';
import './cases/openai-errors.js';
import './cases/messages.js';
import './cases/messages-tools.js';
import './cases/anthropic-errors.js';
import './cases/other-dialect.js';
import './cases/never-stored.js';
import './cases/one-entry.js';
