package io.personalive.media;

import java.nio.charset.StandardCharsets;

/**
 * What marks a file as made by a model: IPTC's digital source type in an XMP packet, for machines, and a
 * sentence for people. It lives in the file's metadata; nothing is drawn into the picture.
 */
public final class AiMark {
    /** IPTC's term for media made by a trained model. */
    public static final String DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    /** The same for people, as a comment in the file. */
    public static final String COMMENT = "AI-generated: a still portrait animated by PersonaLive for Java";

    private AiMark() {
    }

    /** @return the XMP packet, UTF-8 */
    public static byte[] xmp() {
        return ("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                + " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                + "  <rdf:Description rdf:about=\"\"\n"
                + "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
                + "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                + "    Iptc4xmpExt:DigitalSourceType=\"" + DIGITAL_SOURCE_TYPE + "\">\n"
                + "   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + COMMENT + "</rdf:li></rdf:Alt></dc:description>\n"
                + "  </rdf:Description>\n"
                + " </rdf:RDF>\n"
                + "</x:xmpmeta>\n"
                + "<?xpacket end=\"r\"?>").getBytes(StandardCharsets.UTF_8);
    }
}
