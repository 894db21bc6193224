/** Image references and the built artifacts that they stand for on this machine. */
@NullMarked
package io.warmgate.local.kubelet.image;

import org.jspecify.annotations.NullMarked;
