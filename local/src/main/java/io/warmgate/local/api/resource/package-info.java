/** Which resources are served: built-in kinds, custom resources, discovery and OpenAPI. */
@NullMarked
package io.warmgate.local.api.resource;

import org.jspecify.annotations.NullMarked;
