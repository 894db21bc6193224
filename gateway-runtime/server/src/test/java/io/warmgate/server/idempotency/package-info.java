/** What is read of a request with an idempotency key, and how what came of it lies in Redis. */
@NullMarked
package io.warmgate.server.idempotency;

import org.jspecify.annotations.NullMarked;
