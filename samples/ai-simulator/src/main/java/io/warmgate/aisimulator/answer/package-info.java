/** What is answered: a function of what was asked, and nothing else. */
@NullMarked
package io.warmgate.aisimulator.answer;

import org.jspecify.annotations.NullMarked;
