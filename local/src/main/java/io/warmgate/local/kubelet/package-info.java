/**
 * Pods as processes: an ordinary API client that does what a kubelet does on a node. Not there:
 * init containers, lifecycle hooks, resource limits, security contexts, gRPC probes.
 */
@NullMarked
package io.warmgate.local.kubelet;

import org.jspecify.annotations.NullMarked;
