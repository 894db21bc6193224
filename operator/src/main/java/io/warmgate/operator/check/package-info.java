/**
 * The HTTP check of a user's that has a say in a rollout: asking it, and what its answer means. It
 * is asked from the operator's place in the network, by a URL that whoever may write a route has
 * written: so only by addresses that {@link io.warmgate.operator.check.AddressRule} lets through.
 */
@NullMarked
package io.warmgate.operator.check;

import org.jspecify.annotations.NullMarked;
