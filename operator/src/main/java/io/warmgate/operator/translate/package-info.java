/**
 * Users' resources into the runtime's configuration: a pure function of a {@link
 * io.warmgate.operator.snapshot.Snapshot}, and what it finds wrong on the way.
 */
@NullMarked
package io.warmgate.operator.translate;

import org.jspecify.annotations.NullMarked;
