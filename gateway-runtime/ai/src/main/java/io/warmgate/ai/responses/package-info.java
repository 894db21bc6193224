/**
 * OpenAI Responses, as clients speak it (API reference and {@code openapi.yaml} 2.3). One class a
 * thing that is read or written; {@link io.warmgate.ai.responses.ResponsesFront} is the door.
 *
 * <p>No model is asked in this dialect: what only it has (responses that the provider keeps, tools
 * that it runs) is refused by whoever writes the provider's request, and no answer to it is kept.
 */
@NullMarked
package io.warmgate.ai.responses;

import org.jspecify.annotations.NullMarked;
