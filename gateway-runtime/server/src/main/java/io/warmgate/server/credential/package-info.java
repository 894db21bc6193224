/**
 * Whether providers take the credentials that models are asked with: asked where that costs no
 * token, and learned from each answer.
 */
@NullMarked
package io.warmgate.server.credential;

import org.jspecify.annotations.NullMarked;
