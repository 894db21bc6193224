/**
 * What a cluster's network does, on loopback addresses: one address a pod and a Service, and a
 * forwarder in kube-proxy's place. TCP only; NetworkPolicies are not enforced.
 */
@NullMarked
package io.warmgate.local.network;

import org.jspecify.annotations.NullMarked;
