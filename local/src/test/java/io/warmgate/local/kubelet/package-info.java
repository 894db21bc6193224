@NullMarked
package io.warmgate.local.kubelet;

import org.jspecify.annotations.NullMarked;
