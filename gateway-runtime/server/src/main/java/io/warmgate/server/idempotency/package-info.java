/**
 * Idempotency keys: a request that is sent again with its key gets the answer of the first
 * (draft-ietf-httpapi-idempotency-key-header-07). What is read of a request is pure ({@link
 * io.warmgate.server.idempotency.KeyField}, {@link io.warmgate.server.idempotency.Partition},
 * {@link io.warmgate.server.idempotency.Asked}). The truth is in Redis: {@link
 * io.warmgate.server.idempotency.KeyScripts} says in one step each whose a key is. A key that a pod
 * works for is its {@link io.warmgate.server.idempotency.Reservation}; what the backend answers is
 * kept by {@link io.warmgate.server.idempotency.KeyedCall} before the client has it. What the
 * client gets, {@link io.warmgate.server.idempotency.IdempotencyStep} shows.
 *
 * <pre>
 *  (free) ── reserve ──► running, lease renewed ── answer ──► done: replayed until keepFor is over
 *     ▲                     │           │
 *     │   backend not asked │           │ pod gone: the lease runs out; until then 409
 *     └─────────────────────┘           └──► whoever comes next with the same request reserves
 * </pre>
 */
@NullMarked
package io.warmgate.server.idempotency;

import org.jspecify.annotations.NullMarked;
