@NullMarked
package io.warmgate.crd.v1alpha1;

import org.jspecify.annotations.NullMarked;
