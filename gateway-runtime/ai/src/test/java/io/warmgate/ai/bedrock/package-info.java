@NullMarked
package io.warmgate.ai.bedrock;

import org.jspecify.annotations.NullMarked;
