@NullMarked
package io.warmgate.local.kubelet.workload;

import org.jspecify.annotations.NullMarked;
