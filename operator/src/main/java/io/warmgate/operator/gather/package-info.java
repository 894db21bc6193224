/**
 * What the API server holds, as informers keep it: watched kinds, objects watched by name, and one
 * immutable {@link io.warmgate.operator.snapshot.Snapshot} a gateway out of them.
 */
@NullMarked
package io.warmgate.operator.gather;

import org.jspecify.annotations.NullMarked;
