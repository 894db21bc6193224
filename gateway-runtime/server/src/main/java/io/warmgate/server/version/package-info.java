/** Which versions of their models servers of tensors have: asked every few seconds. */
@NullMarked
package io.warmgate.server.version;

import org.jspecify.annotations.NullMarked;
