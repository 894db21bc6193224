/** Structural schemas: validation, defaulting, pruning and CEL rules. Pure. */
@NullMarked
package io.warmgate.local.api.schema;

import org.jspecify.annotations.NullMarked;
