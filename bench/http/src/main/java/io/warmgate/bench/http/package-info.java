/** What Warmgate's hit is held against. */
@NullMarked
package io.warmgate.bench.http;

import org.jspecify.annotations.NullMarked;
