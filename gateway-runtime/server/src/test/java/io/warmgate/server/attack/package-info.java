/**
 * Attacks on whoever shares the cache, each with its victim: the attacker's request comes first,
 * then an innocent client's, which has to get what it gets where nobody attacks. {@code
 * docs/security.md} lists them all.
 */
@NullMarked
package io.warmgate.server.attack;

import org.jspecify.annotations.NullMarked;
