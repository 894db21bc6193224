/** Ports: binding, TLS, protocols, what a client may ask of a pod. */
@NullMarked
package io.warmgate.server.listener;

import org.jspecify.annotations.NullMarked;
