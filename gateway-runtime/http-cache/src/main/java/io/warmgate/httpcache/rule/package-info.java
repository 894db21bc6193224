/**
 * The rules, one class a section of RFC 9111 and 9110; the sentence above the condition is the
 * RFC's.
 */
@NullMarked
package io.warmgate.httpcache.rule;

import org.jspecify.annotations.NullMarked;
