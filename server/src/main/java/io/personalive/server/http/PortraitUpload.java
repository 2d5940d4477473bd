package io.personalive.server.http;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.personalive.live.Crop;
import io.personalive.media.picture.PictureReader;
import io.personalive.server.session.FramedPortrait;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** The portrait that a request brings: as the part {@code portrait} of a form, as the body itself, or as a preset's name. */
final class PortraitUpload {
    /** Of a picture file. */
    static final int MOST_BYTES = 20_000_000;
    /** What a form holds beside it. */
    private static final int FORM_BYTES = 100_000;
    private static final String NAME = "the portrait";

    private final Presets presets;
    private final Crop crop;
    /** Large pictures take a lot of memory while they are decoded: one at a time. */
    private final Semaphore decoding = new Semaphore(1, true);

    PortraitUpload(Presets presets, Crop crop) {
        this.presets = presets;
        this.crop = crop;
    }

    /** A preset's name, as JSON. */
    record Chosen(String preset) {}

    /** Before anything of a body is read. @throws ApiException if it says itself that it is too large */
    static void refuseTooLarge(Context context) {
        if (context.req().getContentLengthLong() > MOST_BYTES + FORM_BYTES) {
            throw tooLarge();
        }
    }

    /** @param preset named in the request's JSON; null if it brings a picture */
    FramedPortrait read(Context context, String preset) {
        decoding.acquireUninterruptibly();
        try {
            BufferedImage picture = preset != null ? presets.picture(preset) : PictureReader.read(bytes(context), NAME);
            return FramedPortrait.of(picture, crop);
        } catch (IOException cutOff) {
            throw ApiException.badRequest(NAME + " can't be read: " + cutOff.getMessage());
        } finally {
            decoding.release();
        }
    }

    private static byte[] bytes(Context context) throws IOException {
        if (context.isMultipartFormData()) {
            UploadedFile file = context.uploadedFile("portrait");
            if (file == null) {
                throw ApiException.badRequest("the form has no file 'portrait'");
            }
            try (InputStream in = file.content()) {
                return atMost(in);
            }
        }
        String type = context.contentType();
        if (type != null && type.startsWith("image/")) {
            return atMost(context.bodyInputStream());
        }
        throw new ApiException(415, "unsupported-media-type", "send the portrait as the file 'portrait' of a form "
                + "(multipart/form-data), as the body itself (image/…), or a preset's name as JSON");
    }

    private static byte[] atMost(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw tooLarge();
        }
        return bytes;
    }

    private static ApiException tooLarge() {
        return new ApiException(413, "too-large", NAME + " has more than " + MOST_BYTES / 1_000_000 + " MB: make it smaller first");
    }
}
