/**
 * How much may be asked for. What is decided is pure ({@link
 * io.warmgate.server.limit.SlidingWindow}, and its twin in Redis, {@link
 * io.warmgate.server.limit.LimitScript}); what a pod knows of one count is an {@link
 * io.warmgate.server.limit.Allowance}; a request's way through its limits is its {@link
 * io.warmgate.server.limit.Passage}. What models take, tokens or money, is claimed and settled by
 * {@link io.warmgate.server.limit.Spending}.
 */
@NullMarked
package io.warmgate.server.limit;

import org.jspecify.annotations.NullMarked;
