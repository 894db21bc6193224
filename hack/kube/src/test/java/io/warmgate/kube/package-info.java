@NullMarked
package io.warmgate.kube;

import org.jspecify.annotations.NullMarked;
