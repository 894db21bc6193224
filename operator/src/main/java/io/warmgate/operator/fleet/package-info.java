/**
 * The link to a gateway's pods: what each should have ({@link io.warmgate.operator.fleet.Target}),
 * what each was heard to say ({@link io.warmgate.operator.fleet.PodView}), and which of them answer
 * requests. No Kubernetes: pods are told to it.
 */
@NullMarked
package io.warmgate.operator.fleet;

import org.jspecify.annotations.NullMarked;
