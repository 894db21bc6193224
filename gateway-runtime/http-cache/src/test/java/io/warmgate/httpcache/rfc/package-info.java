/** The index of requirements: which rule and which test hold each, or why none does. */
@org.jspecify.annotations.NullMarked
package io.warmgate.httpcache.rfc;
