/** Amazon Bedrock's Converse API, streamed in Amazon's own frames and not, signed or by a key. */
@NullMarked
package io.warmgate.aisimulator.bedrock;

import org.jspecify.annotations.NullMarked;
