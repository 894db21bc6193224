/**
 * The Kubernetes objects that a gateway or a Redis is made of, as whole fresh objects for
 * server-side apply: what is not in them is not Warmgate's.
 */
@NullMarked
package io.warmgate.operator.manifest;

import org.jspecify.annotations.NullMarked;
