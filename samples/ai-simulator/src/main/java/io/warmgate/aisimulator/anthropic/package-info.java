/** Anthropic's API: Messages and Models, after its SDKs and its documentation. */
@NullMarked
package io.warmgate.aisimulator.anthropic;

import org.jspecify.annotations.NullMarked;
