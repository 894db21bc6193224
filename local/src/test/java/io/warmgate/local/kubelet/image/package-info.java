@NullMarked
package io.warmgate.local.kubelet.image;

import org.jspecify.annotations.NullMarked;
