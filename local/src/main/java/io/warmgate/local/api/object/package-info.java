/** Kubernetes objects as JSON trees: reading, comparing, the metadata every kind has. */
@NullMarked
package io.warmgate.local.api.object;

import org.jspecify.annotations.NullMarked;
