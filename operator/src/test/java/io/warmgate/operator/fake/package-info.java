/** Stand-ins with state for what no test here runs: gateway pods, the kubelet. */
@NullMarked
package io.warmgate.operator.fake;

import org.jspecify.annotations.NullMarked;
