/**
 * The embedded Kubernetes API server of local mode and of the operator's tests.
 *
 * <p>{@link io.warmgate.local.api.EmbeddedApiServer} is the public face. Below it, from the wire
 * inwards: {@code http} (Vert.x) → {@code service} (what a verb does) → {@code resource} (which
 * kinds there are) → {@code store} (versioned objects, event log), and the pure parts: {@code
 * schema}, {@code merge}, {@code query}, {@code object}.
 *
 * <p>Everything below {@code http} runs on one thread, the server's event loop; nothing in there
 * locks. RBAC objects are stored and not enforced: whoever has the token may do everything.
 */
@NullMarked
package io.warmgate.local.api;

import org.jspecify.annotations.NullMarked;
