/**
 * What a gateway's pods and the operator know each other by: a minted certificate and random
 * tokens, in the gateway's admin Secret.
 */
@NullMarked
package io.warmgate.operator.identity;

import org.jspecify.annotations.NullMarked;
