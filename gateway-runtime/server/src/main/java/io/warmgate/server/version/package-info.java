/**
 * Which versions of their models servers have: those of tensors are asked every few seconds, of
 * others it is heard in what they answer.
 */
@NullMarked
package io.warmgate.server.version;

import org.jspecify.annotations.NullMarked;
