/** Prompts as endpoints: what clients send are values, and what they get is text or JSON. */
@NullMarked
package io.warmgate.server.prompt;

import org.jspecify.annotations.NullMarked;
