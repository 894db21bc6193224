@NullMarked
package io.warmgate.local.network;

import org.jspecify.annotations.NullMarked;
